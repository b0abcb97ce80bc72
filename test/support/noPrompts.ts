/** A person who is asked nothing: every invocation may run, and nobody signs in. */
export const NO_PROMPTS = {
  confirm: () => Promise.resolve(true),
  signIn: () => Promise.resolve(false),
};
