package dev.postmaster.launch;

import dev.postmaster.core.ChildKind;

/** Startup data as bytes. The kind of the child says which record it is, so that no tag is needed. */
final class StartupDataCodec {
    private StartupDataCodec() {}

    static byte[] encode(StartupData data) {
        BlockWriter out = new BlockWriter();
        switch (data) {
            case StartupData.None() -> {}
            case BackendStartup client -> put(client, out);
            case SysLoggerStartup(int stderr, int csv, int json, int sink) ->
                out.putInt(stderr).putInt(csv).putInt(json).putInt(sink);
            case WorkerStartup worker -> put(worker, out);
        }
        return out.toBytes();
    }

    private static void put(BackendStartup client, BlockWriter out) {
        out.putBytes(client.cancelKey()).putLong(client.acceptedAtMicros());
        out.putText(client.remoteHost()).putInt(client.remotePort()).putBytes(client.firstBytes());
    }

    private static void put(WorkerStartup worker, BlockWriter out) {
        out.putText(worker.name()).putText(worker.type());
        out.putText(worker.library()).putText(worker.function()).putText(worker.argument());
        out.putBoolean(worker.databaseAccess()).putInt(worker.workerSlot()).putLong(worker.generation());
    }

    /** Throws {@link java.nio.BufferUnderflowException} or {@link IllegalArgumentException} if they are not such data. */
    static StartupData decode(ChildKind kind, BlockReader in) {
        StartupData data =
                switch (kind) {
                    // A spare is told about its client when it gets one.
                    case BACKEND -> in.atEnd() ? StartupData.NONE : client(in);
                    case SYSLOGGER -> new SysLoggerStartup(in.getInt(), in.getInt(), in.getInt(), in.getInt());
                    // Without a record it is the worker that complains (CK-3).
                    case BGWORKER -> in.atEnd() ? StartupData.NONE : worker(in);
                    case AV_LAUNCHER, AV_WORKER, STARTUP, BGWRITER, ARCHIVER, CHECKPOINTER, WAL_WRITER, WAL_RECEIVER ->
                        StartupData.NONE;
                };
        if (!in.atEnd()) {
            throw new IllegalArgumentException("more startup data than a " + kind.childName() + " takes");
        }
        return data;
    }

    private static BackendStartup client(BlockReader in) {
        return new BackendStartup(in.getBytes(), in.getLong(), in.getText(), in.getInt(), in.getBytes());
    }

    private static WorkerStartup worker(BlockReader in) {
        return new WorkerStartup(
                in.getText(),
                in.getText(),
                in.getText(),
                in.getText(),
                in.getText(),
                in.getBoolean(),
                in.getInt(),
                in.getLong());
    }
}
