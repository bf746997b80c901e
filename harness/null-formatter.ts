/** A cucumber formatter that prints nothing: results are collected from the messages themselves. */
const silent = { type: 'formatter', formatter: () => undefined };

export default silent;
