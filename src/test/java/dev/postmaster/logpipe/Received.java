package dev.postmaster.logpipe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Notes what an assembler gives out, one line each: {@code 7 TEXT hello}. */
final class Received implements ChunkAssembler.Receiver {
    final List<String> events = new ArrayList<>();
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void record(int pid, RecordForm form, ByteBuffer record) {
        events.add(pid + " " + form + " " + take(record));
    }

    @Override
    public void fragment(int pid, ByteBuffer record) {
        events.add(pid + " fragment " + take(record));
    }

    @Override
    public void foreign(ByteBuffer foreign) {
        events.add("foreign " + take(foreign));
    }

    private String take(ByteBuffer buffer) {
        byte[] taken = new byte[buffer.remaining()];
        buffer.get(taken);
        bytes.writeBytes(taken);
        return new String(taken, StandardCharsets.ISO_8859_1);
    }
}
