/** Fails with a custom error. */
class OrderRejected extends Error {
  constructor(reason) {
    super(`The order was rejected: ${reason}`);
    this.name = 'OrderRejected';
  }
}

exports.handler = async (event) => {
  console.error('rejecting the order');
  throw new OrderRejected(event.reason ?? 'no reason given');
};
