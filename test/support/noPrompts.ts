/** Confirms every invocation and never signs in. */
export const NO_PROMPTS = {
  confirm: () => Promise.resolve(true),
  signIn: () => Promise.resolve(false),
};
