/**
 * Options of rules and gates: a closed subset of JSON Schema, so that one declaration gives the
 * TypeScript type, the ajv validation, the `.collapserc` schema and the documentation table.
 * Every option has a default and a description: inside a rule an option is never `undefined`.
 */
export type OptionSchema = {readonly description: string} & (
  | {readonly type: 'boolean'; readonly default: boolean}
  | {
      readonly type: 'integer' | 'number';
      readonly default: number;
      readonly minimum?: number;
      readonly maximum?: number;
    }
  | {
      readonly type: 'string';
      readonly default: string;
      readonly enum?: readonly string[];
      /** It names a file from the folder of the config: what is in the file is part of the config's hash. */
      readonly file?: true;
    }
  | {readonly type: 'array'; readonly default: readonly string[]; readonly items: {readonly type: 'string'}}
);

export type OptionSchemas = Readonly<Record<string, OptionSchema>>;

type OptionValue<S extends OptionSchema> = S extends {type: 'boolean'}
  ? boolean
  : S extends {type: 'integer' | 'number'}
    ? number
    : S extends {type: 'string'; enum: readonly (infer Choice)[]}
      ? Choice
      : S extends {type: 'string'}
        ? string
        : readonly string[];

/** The values that a rule or gate gets for its declared options. */
export type OptionValues<S extends OptionSchemas> = {readonly [Name in keyof S]: OptionValue<S[Name]>};

/** The names between double braces in a message template. */
type Placeholder<Template extends string> = Template extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

export type Messages = Readonly<Record<string, string>>;

/** The data a message needs: one value for every placeholder of its template. */
export type MessageData<M extends Messages, Id extends keyof M> = {
  readonly [Name in Placeholder<M[Id]>]: string | number;
};
