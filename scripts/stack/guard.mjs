// Preloaded into every child of the stack: a stack that was killed must not leave servers behind without a supervisor.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
