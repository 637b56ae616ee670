export { authenticateAttempt } from "./authenticate.ts";
export { exchangeTicket } from "./exchange-ticket.ts";
export { listLogs, readLog, type LogContext } from "./logs.ts";
export { logUsage } from "./log-usage.ts";
