/** The contract as schemas: for documents, for tools, and to say what is wrong with a value. */
export * from './data.ts';
export * from './ports.ts';
export * from './protocol.ts';
