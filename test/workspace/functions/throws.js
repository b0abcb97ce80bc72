/** Fails, as functions do. */
class OrderRejected extends Error {
  constructor(reason) {
    super(`The order was rejected: ${reason}`);
    this.name = 'OrderRejected';
  }
}

exports.handler = async (event) => {
  console.error('about to fail');
  throw new OrderRejected(event.reason ?? 'no reason given');
};
