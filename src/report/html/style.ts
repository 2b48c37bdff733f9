import {figures} from './figures.js';
import {theme} from './theme.js';

const page = `*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0 auto;padding:0 1.25rem 4rem;max-width:76rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:break-word}
h1,h2,h3,p,dl,ul,ol,figure{margin:0}
h1{font-size:2rem;line-height:1.15;letter-spacing:-.02em}
h2{font-size:1.35rem;line-height:1.25;letter-spacing:-.01em}
h3{font-size:1.05rem;line-height:1.35}
a{color:var(--accent)}
code{font:.875em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
p code,dd code{background:color-mix(in srgb,var(--line) 55%,transparent);padding:.1em .3em;border-radius:.25em}
small{font-size:.8125rem;color:var(--soft);font-weight:400}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;z-index:1;background:var(--card);padding:.5rem 1rem}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
p,li,dd,summary,bdi{overflow-wrap:anywhere}
table bdi{overflow-wrap:break-word}
.soft,.lead,.more,.about{color:var(--soft)}
.top{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding:1rem 0 .75rem}
.brand{font-weight:650}
.brand span{color:var(--soft);font-weight:400}
.themes{border:0;margin:0;padding:0;display:flex;font-size:.8125rem;background:var(--card);border:1px solid var(--line);border-radius:2rem}
.themes legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.themes label{padding:.2rem .8rem;border-radius:2rem;cursor:pointer;color:var(--soft)}
.themes label:has(:checked){background:var(--ink);color:var(--card)}
.themes label:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.themes input{position:absolute;opacity:0;pointer-events:none}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.9375rem}
nav{border-top:1px solid var(--line);padding:.65rem 0 1.1rem}
nav a{text-decoration:none;color:var(--soft)}
nav a:hover{text-decoration:underline;color:var(--ink)}
section{margin-top:2.75rem}
section>h2+*{margin-top:.75rem}
.lead{max-width:46rem;margin-bottom:.75rem}
.lead .legend{display:inline-flex}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.1rem 1.25rem}
.card+.card{margin-top:.9rem}
.cards{columns:2 30rem;column-gap:1rem}
.cards .card{margin:0 0 1rem;break-inside:avoid;scroll-margin-top:1rem}
.cards .whole{column-span:all}
.cards .card>*+*{margin-top:.6rem}
.cards .card>.tags{margin-top:.15rem}
.tags{font-size:.875rem;color:var(--soft)}
.verdict{margin-top:0;border-radius:.9rem;padding:1.4rem 1.5rem 1.5rem;border:1px solid;display:grid;gap:.5rem}
.verdict .badge{font-weight:700;text-transform:uppercase;letter-spacing:.08em;font-size:.8125rem}
.verdict h1{font-size:2.4rem}
.verdict .because{font-size:1.125rem;font-weight:500}
.verdict .shares{margin:.75rem 0 .35rem}
.parts{list-style:none;padding:0;display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:.4rem 1.25rem}
.parts li{display:flex;align-items:baseline;font-size:1rem}
.parts strong{font-size:1.15rem;font-variant-numeric:tabular-nums}
.parts small{display:block}
.parts .share{color:var(--soft);white-space:nowrap}
.parts .key{flex:none}
.verdict.pass,.verdict.read{background:var(--pass-ground);border-color:color-mix(in srgb,var(--pass) 35%,transparent)}
.verdict.fail{background:var(--fail-ground);border-color:color-mix(in srgb,var(--fail) 35%,transparent)}
.verdict.pass .badge,.verdict.pass h1,.verdict.read .badge,.verdict.read h1{color:var(--pass)}
.verdict.fail .badge,.verdict.fail h1{color:var(--fail)}
.reasons{margin-top:1.75rem}
.reason{border-left:4px solid var(--fail);display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:.75rem 2.5rem}
.reason dl:not(.difference,.facts){margin-top:.1rem;align-content:start}
.see{margin-top:.75rem;font-size:.9375rem}
.nowrap{white-space:nowrap}
h4{margin:0;font-size:1rem;line-height:1.35;font-weight:650}
.family{margin-top:1.75rem}
.family>.cards{margin-bottom:1rem}
.family>h3{margin-bottom:.75rem;font-size:1.15rem}
.goes{font-size:.75rem;color:var(--soft);border:1px solid var(--line);border-radius:1rem;padding:.05rem .5rem;white-space:nowrap}
.goes.fail{color:var(--fail)}
.range{display:block;white-space:nowrap}
.reason .message{font-size:1.0625rem;margin-top:.25rem}
.reason .against{margin-top:.75rem;max-width:32rem}
dl:not(.difference,.facts){margin-top:.75rem;display:grid;gap:.1rem .9rem}
dt{font-weight:600;font-size:.875rem;color:var(--soft)}
dd{margin:0 0 .35rem;max-width:52rem}
.facts{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin-top:1rem}
.facts dd{margin:0}
.status{font-weight:600;white-space:nowrap}
.status.pass>span,.level.pass{color:var(--pass)}
.status.fail>span,.status.fail small{color:var(--fail)}
.status.turned>span,.status.turned small{color:var(--warn)}
.level{font-size:.75rem;font-weight:650;border-radius:1rem;padding:.1rem .55rem;white-space:nowrap;vertical-align:1px}
.level.error{color:var(--fail);background:var(--fail-ground)}
.level.warn{color:var(--warn);background:var(--warn-ground)}
.round{list-style:none;padding:0}
section h3#round-findings{margin:1.25rem 0 .6rem}
summary{cursor:pointer;color:var(--soft);font-size:.9375rem;padding:.15rem 0}
summary:hover{color:var(--ink)}
.rule>summary h3{display:inline;color:var(--ink);margin-right:.35rem}
.rule>p,.rule>ol{margin-top:.75rem}
.findings{list-style:none;padding:0;border-top:1px solid var(--line)}
.findings>li{padding:.8rem 0;border-bottom:1px solid var(--line)}
.findings>li:last-child{border-bottom:0;padding-bottom:.25rem}
.place{font:.875rem ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.id{color:var(--soft);font-size:.875rem}
.findings .message{margin-top:.15rem;max-width:60rem}
.evidence{list-style:none;padding:0 0 0 .9rem;margin:.5rem 0 0;border-left:2px solid var(--line);font-size:.9375rem;display:grid;gap:.6rem}
.difference{display:grid;grid-template-columns:3.2rem 1fr;gap:.1rem .5rem;margin-top:.25rem}
.difference dt{font-weight:400}
.difference dd{margin:0}
del{text-decoration:none;background:var(--fail-ground);color:var(--fail);border-radius:.2em;padding:0 .15em}
ins{text-decoration:none;background:var(--pass-ground);color:var(--pass);border-radius:.2em;padding:0 .15em;border-bottom:2px solid}
[hidden]{display:none!important}
.sift{display:flex;flex-wrap:wrap;gap:.6rem 1.25rem;align-items:center;margin:0 0 .9rem;font-size:.9375rem;color:var(--soft)}
.sift input,.sift select{font:inherit;color:var(--ink);background:var(--card);border:1px solid var(--soft);border-radius:.4rem;padding:.3rem .5rem;margin-left:.35rem;max-width:100%}
.record>details>summary{color:var(--ink);list-style-position:outside}
.record .where,.record .message{display:block}
.sheet{display:grid;grid-template-columns:minmax(0,1.7fr) minmax(0,1fr);gap:1rem 1.75rem;margin:.75rem 0 .5rem;padding:1rem 0 0;border-top:1px dashed var(--line);scroll-margin-top:2rem}
.other{font-size:.9375rem;margin-bottom:.5rem}
.text+.text{margin-top:.9rem}
.text figcaption{margin:0 0 .25rem}
.lines{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--ground);border-radius:.5rem;padding:.6rem .8rem;max-height:24rem;overflow:auto;font-size:.9375rem}
.left{display:block;font-size:.8125rem}
mark{background:var(--warn-ground);color:var(--warn);border-bottom:2px solid;border-radius:.2em}
.remarks{list-style:none;padding:0;display:grid;gap:.5rem;font-size:.9375rem}
.signals{font-size:.875rem}
.signals dd{margin:0 0 .5rem}
.spread{height:1.6rem;width:100%;margin-top:.15rem;border-bottom:1px solid var(--line)}
.spread .round{fill:var(--soft);opacity:.45}
.spread .beside{fill:none;stroke:var(--reference);stroke-width:1.5;vector-effect:non-scaling-stroke}
.spread .here{stroke:var(--fail);stroke-width:2;vector-effect:non-scaling-stroke}
.known .facts{font-size:.875rem}
.hash{font-size:.75rem;color:var(--soft)}
.more{margin-top:.75rem;font-size:.9375rem}
`;

const print = `@media print{
body{max-width:none;padding:0;font-size:10pt;background:none}
.skip,.themes,.sift,nav{display:none}
.lines{max-height:none}
.card,.verdict,figure,tr,.findings>li{break-inside:avoid}
details.card,.findings>li.record{break-inside:auto}
.record>details>summary,.text figcaption,.other{break-after:avoid}
h2,h3,.lead{break-after:avoid}
details::details-content{content-visibility:visible;display:block;height:auto}
.scroll{overflow:visible}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;

/** The style sheet of the page; its hash is in the page's policy. */
export const css = theme + page + figures + print;
