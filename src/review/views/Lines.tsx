import {Box, Text, type TextProps} from 'ink';
import {memo} from 'react';
import type {Line, Tone} from '../line.js';

const paint: Readonly<Record<Tone, TextProps>> = {
  plain: {},
  dim: {dimColor: true},
  strong: {bold: true},
  name: {color: 'cyan'},
  good: {color: 'green'},
  bad: {color: 'red'},
  warn: {color: 'yellow'},
  mark: {inverse: true},
  gone: {color: 'red'},
  new: {color: 'green'},
};

/** One line; what does not fit is cut. */
export const LineText = memo(function LineText({line}: {readonly line: Line}) {
  return (
    <Text wrap="truncate">
      {line.length === 0
        ? ' '
        : line.map(({text, tone}, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other identity
            <Text key={index} {...paint[tone]}>
              {text}
            </Text>
          ))}
    </Text>
  );
});

/** Lines from `first` on, as many as fit. */
export function Lines({
  lines,
  first,
  height,
}: {
  readonly lines: readonly Line[];
  readonly first: number;
  readonly height: number;
}) {
  return (
    <Box flexDirection="column" height={height} overflow="hidden">
      {lines.slice(first, first + height).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands in that place
        <LineText key={index} line={line} />
      ))}
    </Box>
  );
}
