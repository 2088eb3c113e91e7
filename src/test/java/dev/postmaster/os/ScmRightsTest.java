package dev.postmaster.os;

import static dev.postmaster.os.SocketPair.Kind.SEQPACKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.postmaster.os.FdPassing.Passed;
import dev.postmaster.os.Received.Message;
import dev.postmaster.os.Received.PeerGone;
import dev.postmaster.os.Received.WouldBlock;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScmRightsTest {
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

    private final Os os = Os.open();
    private final FdPassing passing = os.fdPassing();
    private final SocketPair channel = os.sockets().pair(SEQPACKET);

    @AfterEach
    void close() {
        channel.close();
    }

    private Message receive(int maxFds) {
        return (Message) passing.receive(channel.farEnd(), 100, maxFds);
    }

    @Test
    void aSocketThatWasPassedStillTalksToItsClient() {
        try (SocketPair client = os.sockets().pair(SocketPair.Kind.STREAM)) {
            assertThat(passing.send(channel.nearEnd(), HELLO, List.of(client.farEnd())))
                    .isEqualTo(Passed.SENT);
            client.farEnd().close(); // CH-17: the launching side keeps nothing
            try (Message message = receive(1)) {
                assertThat(message.payload()).isEqualTo(HELLO);
                Fd socket = message.fds().getFirst();
                assertThat(os.fds().isCloseOnExec(socket)).isTrue();
                os.rawIo().writeFully(socket, new byte[] {42});
                byte[] answer = new byte[1];
                assertThat(os.rawIo().read(client.nearEnd(), answer)).isEqualTo(1);
                assertThat(answer).containsExactly(42);
            }
            assertThat(os.rawIo().read(client.nearEnd(), new byte[1]))
                    .as("closing the message closed the socket")
                    .isZero();
        }
    }

    @Test
    void aTakenDescriptorOutlivesItsMessage() {
        passing.send(channel.nearEnd(), HELLO, List.of(channel.nearEnd()));
        Fd taken;
        try (Message message = receive(1)) {
            taken = message.fds().getFirst().take();
        }
        assertThat(OpenFiles.target(taken)).isEqualTo(OpenFiles.target(channel.nearEnd()));
        taken.close();
    }

    @Test
    void aMessageCarriesNoneOrAsManyAsTheKernelAllows() {
        var before = OpenFiles.ours();
        passing.send(channel.nearEnd(), HELLO, List.of());
        assertThat(receive(3).fds()).isEmpty();
        List<Fd> most = Collections.nCopies(FdPassing.MAX_FDS, channel.nearEnd());
        passing.send(channel.nearEnd(), HELLO, most);
        try (Message message = receive(FdPassing.MAX_FDS)) {
            assertThat(message.fds()).hasSize(253).allSatisfy(fd -> assertThat(fd.number())
                    .isPositive());
        }
        assertThat(OpenFiles.oursSince(before)).isEmpty();
    }

    @Test
    void moreDescriptorsThanExpectedIsAnErrorThatLeavesNothingOpen() {
        var before = OpenFiles.ours();
        for (int room = 0; room < 3; room++) {
            passing.send(channel.nearEnd(), HELLO, Collections.nCopies(3, channel.nearEnd()));
            int maxFds = room;
            assertThatExceptionOfType(OsException.class)
                    .isThrownBy(() -> receive(maxFds))
                    .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EMSGSIZE));
        }
        assertThat(OpenFiles.oursSince(before)).isEmpty();
    }

    @Test
    void aPayloadThatDoesNotFitIsAnErrorThatLeavesNothingOpen() {
        var before = OpenFiles.ours();
        passing.send(channel.nearEnd(), HELLO, List.of(channel.nearEnd()));
        assertThatExceptionOfType(OsException.class)
                .isThrownBy(() -> passing.receive(channel.farEnd(), HELLO.length - 1, 1))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EMSGSIZE));
        assertThat(OpenFiles.oursSince(before)).isEmpty();
        passing.send(channel.nearEnd(), HELLO, List.of());
        assertThat(((Message) passing.receive(channel.farEnd(), HELLO.length, 0)).payload())
                .isEqualTo(HELLO);
    }

    @Test
    void aNonBlockingChannelSaysWhenItIsEmptyOrFull() {
        os.fds().setNonBlocking(channel.nearEnd(), true);
        os.fds().setNonBlocking(channel.farEnd(), true);
        assertThat(passing.receive(channel.farEnd(), 1, 1)).isEqualTo(new WouldBlock());
        int sent = 0;
        while (passing.send(channel.nearEnd(), HELLO, List.of()) == Passed.SENT) {
            sent++;
        }
        assertThat(passing.send(channel.nearEnd(), HELLO, List.of())).isEqualTo(Passed.WOULD_BLOCK);
        assertThat(sent).isPositive();
    }

    @Test
    void aPeerThatIsGoneIsAValueOnBothSides() {
        channel.farEnd().close();
        assertThat(passing.send(channel.nearEnd(), HELLO, List.of())).isEqualTo(Passed.PEER_GONE);
        assertThat(passing.receive(channel.nearEnd(), 1, 1)).isEqualTo(new PeerGone());
    }

    @Test
    void aMessageThatLooksLikeAnEndOfFileCannotBeSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> passing.send(channel.nearEnd(), new byte[0], List.of()));
    }
}
