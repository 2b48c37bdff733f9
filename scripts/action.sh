#!/usr/bin/env bash
# What action.yml runs: `collapse check` with its inputs, which come as INPUT_… variables.
set -u -o pipefail
temporary=${RUNNER_TEMP:-$(mktemp -d)}

# The program: what npm has under a version, or what this action was checked out at.
if [ -n "${INPUT_VERSION:-}" ]; then
  case $INPUT_VERSION in
    *[!0-9A-Za-z.+^~-]*) echo "::error::The input version is no version." && exit 2 ;;
  esac
  npm install --no-audit --no-fund --prefix "$temporary/collapse" "collapse-gate@$INPUT_VERSION" >&2 || exit 2
  program=$temporary/collapse/node_modules/collapse-gate/dist/src/cli/main.js
else
  program=$ACTION_PATH/dist/src/cli/main.js
  if [ ! -f "$program" ]; then (cd "$ACTION_PATH" && npm ci --no-audit --no-fund >&2) || exit 2; fi
fi

cd "${INPUT_FOLDER:-.}" || exit 2
arguments=(check --output "json=$temporary/collapse-report.json")
[ -z "${INPUT_SINCE:-}" ] || arguments+=(--since "$INPUT_SINCE")
[ -z "${INPUT_CONFIG:-}" ] || arguments+=(--config "$INPUT_CONFIG")
[ -z "${INPUT_BASELINE:-}" ] || arguments+=(--baseline "$INPUT_BASELINE")
[ -z "${INPUT_SARIF:-}" ] || arguments+=(--output "sarif=$INPUT_SARIF")
[ "${INPUT_SUMMARY:-}" != true ] || arguments+=(--output "markdown=$temporary/collapse-summary.md")
[ "${INPUT_ANNOTATIONS:-}" != true ] || arguments+=(--output "github=$temporary/collapse-annotations.txt")
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<< "${INPUT_ARGS:-}"
arguments+=(--)
while IFS= read -r line; do
  [ -z "$line" ] || arguments+=("$line")
done <<< "${INPUT_PATHS:-.}"

rm -f "$temporary"/collapse-{report.json,summary.md,annotations.txt}
node "$program" "${arguments[@]}"
code=$?
[ ! -f "$temporary/collapse-annotations.txt" ] || cat "$temporary/collapse-annotations.txt"
[ ! -f "$temporary/collapse-summary.md" ] || cat "$temporary/collapse-summary.md" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
verdict=
if [ -f "$temporary/collapse-report.json" ]; then
  verdict=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).verdict' "$temporary/collapse-report.json")
fi
{
  echo "exit-code=$code"
  echo "verdict=$verdict"
  if [ -n "${INPUT_SARIF:-}" ] && [ -f "$INPUT_SARIF" ]; then
    # A name with a line break in it would be another output.
    printf 'sarif-file=%s\n' "${INPUT_SARIF//[$'\r\n']/}"
  fi
} >> "${GITHUB_OUTPUT:-/dev/null}"
if [ "$code" -eq 1 ] && [ "${INPUT_FAIL:-true}" != true ]; then exit 0; fi
exit "$code"
