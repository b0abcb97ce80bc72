let turn: Promise<void> | undefined;

/**
 * The next turn of the event loop. By then, all events that were ready together with the current one have been handled:
 * libuv may report a request before the file change that its client made earlier (measured with epoll).
 */
export function nextTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      resolve();
    });
  });
  return turn;
}
