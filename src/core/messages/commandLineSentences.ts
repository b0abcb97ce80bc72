/** Messages of the command line, which has no window and no prompts: what to run instead, or which option to add. */
export const COMMAND_LINE_SENTENCES = {
  cliConfirm: 'Protected ("{0}"): {1} on {2}. Add --yes to invoke it.',
  cliConfirmUnsure: 'Protected ("{0}"): {1} on {2}. {3} Add --yes to invoke it.',
  cliEndpoint: 'The preset "{0}" has its own endpoint, {1}. Add --allow-endpoint to use it.',
  cliEnvMissing: "The environment variable {0} isn't set. Set it, or change the preset.",
  cliInputMissing: '${input:{0}} has no value. Add --input {1}=VALUE.',
  cliSnapshotMissing: "The snapshot {0} doesn't exist. Run with --update-snapshots to create it.",
  cliPayloadTooLarge: '{0} is larger than {1} MB. The maximum payload of Lambda is 6 MB.',
  cliSignIn: 'The SSO session of profile "{0}" has expired, and nothing was sent. Run: aws sso login --profile {1}',
  cliFunctionUnknown:
    'The function "{0}" doesn\'t exist in {1}. Check its name, or use --log-group for the log of a deleted function.',
  cliMfa: 'Profile "{0}" needs an MFA code for {1}. Run the command in a terminal to enter it.',
  cliRegionMissing: 'No region is set. Add --region, set AWS_REGION, or add region to the profile.',
  cliProfileUnknown: 'Profile "{0}" isn\'t in the AWS config or credentials file. Add it, or use another profile.',
  cliLocalFunctionSharedByMany: '"{0}" is defined {1} times in the workspace folder. Use a full name, such as {2}.',
  cliLocalFunctionUnknown: 'No function "{0}" in the workspace folder. Check the name.',
  cliLocalFunctionUnread: 'No function "{0}" in the workspace folder, but {1} can\'t be read. Correct that file.',
  cliLocalFunctionNone:
    'No function "{0}" in the workspace folder. Add it to a template, or to "localFunctions" in .vscode/lambda-invoke.json.',
  cliAnswerTooLarge:
    'The response from {0} exceeds {1} bytes, and the function might have run. Check the endpoint, or stream the response.',
  cliNotStreaming:
    "{0} returned a buffered response ({1}), and the function might have run. Don't stream it, or use an endpoint that supports streaming.",
  cliStreamPartly: 'The response is incomplete. Only a part was written.',
  cliStoppedWaitingLocal: 'Stopped waiting. The local function was ended.',
  cliPresetsBroken: "{0} isn't valid JSON (line {1}, column {2}). Correct the file.",
  cliPresetsUtf16: '{0} is UTF-16. Save it as UTF-8.',
  cliPresetsNotObject: '{0} doesn\'t contain a JSON object with "presets". Correct the file.',
  cliPresetsTwice: '{0} has a duplicate key "{1}" (line {2}, column {3}). Remove one of the keys.',
} as const;
