export const boot = () => undefined;
