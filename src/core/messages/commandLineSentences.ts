/** Messages of the command line, which can't ask: what to run instead, or which option to add. */
export const COMMAND_LINE_SENTENCES = {
  cliConfirm: 'Protected ("{0}"): {1} on {2}. Add --yes to invoke it.',
  cliConfirmUnsure: 'Protected ("{0}"): {1} on {2}. {3} Add --yes to invoke it.',
  cliEndpoint: 'The preset "{0}" has its own endpoint, {1}. Add --allow-endpoint to use it.',
  cliEnvMissing: "The environment variable {0} isn't set. Set it, or change the preset.",
  cliInputMissing: '${input:{0}} has no value. Add --input {1}=VALUE.',
  cliSnapshotMissing: "The snapshot {0} doesn't exist. Run with --update-snapshots to create it.",
  cliSignIn: 'The SSO session of profile "{0}" has expired, and nothing was sent. Run: aws sso login --profile {1}',
  cliMfa: 'Profile "{0}" needs an MFA code for {1}. Run the command in a terminal to enter it.',
} as const;
