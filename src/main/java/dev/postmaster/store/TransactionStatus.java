package dev.postmaster.store;

/** Whether the store is inside a transaction. PostgreSQL's third state, failed, is kept by the session. */
public enum TransactionStatus {
    IDLE,
    IN_TRANSACTION
}
