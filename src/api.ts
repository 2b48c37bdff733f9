/** What rules, gates and plugins are written against: their only import. */
export * from './api/corpus.js';
export * from './api/dataset.js';
export * from './api/gates.js';
export * from './api/keywords.js';
export * from './api/labels.js';
export * from './api/numbers.js';
export * from './api/options.js';
export * from './api/pairs.js';
export * from './api/path.js';
export * from './api/place.js';
export * from './api/plugin.js';
export * from './api/record.js';
export * from './api/rule.js';
export * from './api/rules.js';
export * from './api/signals.js';
export * from './api/tables.js';
export * from './api/units.js';
