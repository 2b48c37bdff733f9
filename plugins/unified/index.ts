import {definePlugin} from '../../src/api.js';
import {type MarkdownTree, parseMarkdown} from './markdown.js';

declare module '../../src/api/record.js' {
  interface Features {
    /** Markdown tree (mdast) of the response, or of the text where there is none; all line ends are `\n`. */
    markdown: MarkdownTree;
  }
}

/** Reads Markdown as `remark` does, for rules that want the tree and not a scan: `format/*` with `tree: true`. */
export default definePlugin({
  name: 'unified',
  features: {
    markdown: ({response, text}) => parseMarkdown((response ?? text).replace(/\r\n?/g, '\n')),
  },
});
