package dev.postmaster.training;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A client that asks for a little of everything a session is usually asked for. */
final class TrainingClient implements AutoCloseable {
    private static final int PROTOCOL_3_0 = 3 << 16;

    private static final List<String> SESSION = List.of(
            "select 1",
            "create table lesson (id int primary key, word text, at timestamp default now())",
            "insert into lesson (id, word) values (1, 'one'), (2, 'two')",
            "begin; update lesson set word = 'three' where id = 2; commit",
            "select id, word, at, count(*) over () from lesson where word like 't%' order by id",
            "select relname from pg_class where relkind = 'r'",
            "select no_such_column from lesson",
            "show server_version",
            "checkpoint",
            "drop table lesson");

    private final SocketChannel channel;
    private final DataOutputStream out;
    private final DataInputStream in;

    private TrainingClient(SocketChannel channel) {
        this.channel = channel;
        this.out = new DataOutputStream(Channels.newOutputStream(channel));
        this.in = new DataInputStream(Channels.newInputStream(channel));
    }

    static TrainingClient connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new TrainingClient(channel);
    }

    /** A whole session, with the simple and the extended protocol; returns when the server has closed it. */
    void learn() throws IOException {
        Body startup = new Body().int32(PROTOCOL_3_0);
        for (String word : List.of("user", "postgres", "database", "postgres", "application_name", "training", "")) {
            startup.text(word);
        }
        byte[] packet = startup.bytes();
        out.writeInt(packet.length + Integer.BYTES);
        out.write(packet);
        awaitReady();
        for (String statement : SESSION) {
            send('Q', new Body().text(statement));
            awaitReady();
        }
        send('P', new Body().text("").text("select $1::int + 1").int16(0));
        send(
                'B',
                new Body().text("").text("").int16(0).int16(1).int32(1).raw("7").int16(0));
        send('D', new Body().raw("P").text(""));
        send('E', new Body().text("").int32(0));
        send('S', new Body());
        awaitReady();
        send('X', new Body());
        if (in.read() >= 0) {
            throw new IOException("the training postmaster did not end the session");
        }
    }

    private void send(char type, Body body) throws IOException {
        byte[] bytes = body.bytes();
        out.writeByte(type);
        out.writeInt(bytes.length + Integer.BYTES);
        out.write(bytes);
    }

    private void awaitReady() throws IOException {
        byte type;
        do {
            type = in.readByte();
            in.skipNBytes(in.readInt() - Integer.BYTES);
        } while (type != 'Z');
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** What follows the length of a message. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Body int16(int value) {
            bytes.write(value >> 8);
            bytes.write(value);
            return this;
        }

        Body int32(int value) {
            return int16(value >> 16).int16(value);
        }

        Body raw(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Body text(String text) {
            raw(text);
            bytes.write(0);
            return this;
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }
}
