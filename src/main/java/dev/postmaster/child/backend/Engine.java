package dev.postmaster.child.backend;

/** What both query protocols run statements with. */
record Engine(StatementRunner runner, TransactionBlock block, StatementClock clock, ResultSender results) {}
