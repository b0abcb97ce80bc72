/** A person who is asked nothing: every invocation may run, and nobody signs in. */
export const NO_QUESTIONS = {
  confirm: () => Promise.resolve(true),
  logIn: () => Promise.resolve(false),
};
