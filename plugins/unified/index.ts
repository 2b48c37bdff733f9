import {definePlugin} from '../../src/api.js';
import {parseMarkdown} from './markdown.js';

export {type LintGate, type LintOptions, type LintResult, lint} from './lint.js';
export {type RetextRule, retextRule} from './retext.js';

/** Reads Markdown as `remark` does, for rules that want the tree and not a scan: the family `format` with `tree: true`. */
export default definePlugin({
  name: 'unified',
  features: {
    markdown: ({response, text}) => parseMarkdown((response ?? text).replace(/\r\n?/g, '\n')),
  },
});
