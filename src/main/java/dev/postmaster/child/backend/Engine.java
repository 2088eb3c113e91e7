package dev.postmaster.child.backend;

/** What both query protocols run statements with. */
record Engine(
        StatementRunner runner,
        TransactionBlock block,
        CurrentStatement current,
        ResultSender results,
        StatementLog log) {}
