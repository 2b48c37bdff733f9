/** Tables and pictures. Drawings take their colours from here, so one drawing serves light and dark. */
export const figures = `.scroll{overflow-x:auto;margin:0 -1.25rem;padding:0 1.25rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:.8125rem;padding-bottom:.4rem}
th,td{text-align:left;vertical-align:top;padding:.45rem 1.25rem .45rem 0;border-top:1px solid var(--line)}
th:last-child,td:last-child{padding-right:0}
thead th{font-size:.8125rem;font-weight:600;color:var(--soft);border-top:0;padding-top:0;vertical-align:bottom}
tbody th{font-weight:500}
.number{text-align:right;white-space:nowrap}
.about{display:block;font-size:.8125rem;font-weight:400;max-width:30rem}
td .wide{display:block;min-width:14rem}
th:has(.key){white-space:nowrap}
.scroll+.scroll,.more+.scroll{margin-top:1.5rem}
td .track{display:block;min-width:11rem;padding:.15rem .5rem 0}
.shares{display:block;border-radius:.4rem;overflow:hidden;margin-bottom:.9rem}
.shares rect{stroke:var(--card);stroke-width:1}
.accepted{fill:var(--accepted)}.quarantined{fill:var(--quarantined)}.rejected{fill:var(--rejected)}.malformed{fill:var(--malformed)}
.key{display:inline-block;width:.75rem;height:.75rem;border-radius:.2rem;margin-right:.5rem}
.key.accepted{background:var(--accepted)}.key.quarantined{background:var(--quarantined)}.key.rejected{background:var(--rejected)}.key.malformed{background:var(--malformed)}
svg{display:block;overflow:visible;font:.75rem/1 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}
svg text{fill:var(--soft)}
.bars{display:grid;grid-template-columns:minmax(5rem,max-content) minmax(8rem,1fr) max-content;grid-auto-flow:dense;align-items:center;column-gap:.9rem;font-size:.9375rem}
.bars .label{grid-column:1;max-width:15rem;line-height:1.25;padding:.1rem 0;text-align:right}
.bars .plot{grid-column:2;padding:0 6px}
.bars .value{grid-column:3;text-align:right;font-variant-numeric:tabular-nums}
.bars.both{grid-template-columns:minmax(5rem,max-content) minmax(8rem,1fr) max-content max-content}
.bars .value.kept{grid-column:4;color:var(--kept)}
.bars .head{font-size:.8125rem;color:var(--soft)}
.bar{fill:var(--accent)}
.kept{fill:var(--kept)}
.ring{fill:none;stroke:var(--kept);stroke-width:2}
.grid{stroke:var(--line)}
.zero{stroke:var(--soft);opacity:.55}
.whisker line{stroke:var(--mark);stroke-width:1.5}
.dot{fill:var(--accent);stroke:var(--card);stroke-width:1}
.reference path{fill:var(--card);stroke:var(--reference);stroke-width:2}
.limit{stroke:var(--fail);stroke-width:2;stroke-dasharray:3 2}
.legend{display:inline-flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.8125rem;color:var(--soft);vertical-align:bottom}
.legend span{display:inline-flex;align-items:center;gap:.3rem}
figcaption{margin-top:.4rem;font-size:.8125rem;color:var(--soft)}
.matrix{max-width:none}
.matrix .empty{fill:none;stroke:var(--line)}
.matrix .label{fill:var(--ink)}
.heat{fill:var(--accent)}
.matrix .weak{fill:var(--ink);font-size:.6875rem}
.matrix .strong{fill:var(--card);font-size:.6875rem;font-weight:600}
@media (max-width:40rem){
body{padding:0 .9rem 3rem}
.card{padding:.95rem 1rem}
.sheet{grid-template-columns:minmax(0,1fr)}
.scroll{margin:0 -1rem;padding:0 1rem}
.stacked,.stacked tbody,.stacked tr,.stacked th,.stacked td{display:block}
.stacked thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stacked caption{display:block}
.stacked tr{border-top:1px solid var(--line);padding:.6rem 0}
.stacked th,.stacked td{border:0;padding:.1rem 0}
.stacked td[data-label]{display:flex;justify-content:space-between;gap:1rem;text-align:right;white-space:normal}
.stacked td[data-label]::before{content:attr(data-label);color:var(--soft);font-size:.8125rem;text-align:left;flex:none}
.stacked td[data-label]:has(.wide){display:block;text-align:left}
.stacked td[data-label]:has(.wide)::before{display:none}
.stacked td[data-label]:empty{display:none}
td .wide,td .track{min-width:0}
.status{white-space:normal}
.bars{grid-template-columns:1fr max-content;row-gap:0}
.bars .label{grid-column:1;text-align:left;max-width:none;padding-top:.35rem}
.bars.both{grid-template-columns:1fr max-content max-content}
.bars .value{grid-column:2;align-self:end}
.bars .value.kept{grid-column:3}
.parts{grid-template-columns:repeat(2,minmax(0,1fr))}
.verdict h1{font-size:2rem}
.bars .plot{grid-column:1/-1;padding:0 6px}
}
`;
