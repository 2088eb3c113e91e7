package dev.postmaster.wire;

import dev.postmaster.report.Report;

/** What {@link StartupDecoder#feed} made of the bytes so far. */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through once; no message is compared or changed
public sealed interface StartupResult {

    /**
     * The packet is not whole yet.
     *
     * @param bytes how many more this packet needs at least: whoever reads exactly so many never reads past its end
     */
    record NeedMore(int bytes) implements StartupResult {}

    /**
     * One packet is whole.
     *
     * @param packet what it says
     * @param raw the packet as it came, length word included; what followed it is still in the buffer that was fed
     */
    record Complete(StartupPacket packet, byte[] raw) implements StartupResult {}

    /**
     * The client begins with TLS, without asking (LN-3).
     *
     * @param seen what it has sent of that
     * @param otherwise what it is to a server that does not speak TLS
     */
    record DirectTls(byte[] seen, Malformed otherwise) implements StartupResult {}

    /**
     * This is no startup packet. Log the report, send nothing, close (CL-11).
     *
     * @param report severity LOG: what PostgreSQL calls COMMERROR
     */
    record Malformed(Report report) implements StartupResult {}

    /**
     * The client can be told why it gets no session. Log the report, send the answer, close.
     *
     * @param report severity FATAL
     * @param answer the report in the form the client's protocol has (CL-16)
     */
    record Refused(Report report, BackendMessage answer) implements StartupResult {}
}
