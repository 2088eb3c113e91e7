package dev.postmaster.server;

import dev.postmaster.report.Log;
import dev.postmaster.report.Report;
import dev.postmaster.report.Severity;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a service manager such as systemd what we are up to (sd_notify(3), DD-21). Without {@code NOTIFY_SOCKET} in the
 * environment there is none to tell.
 */
@OnLoop
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports what fails to the channel's handlers
final class ServiceManager {
    private final EventLoop loop;
    private final @Nullable String socket;
    private final Log log;

    ServiceManager(EventLoop loop, Map<String, String> environment, Log log) {
        this.loop = loop;
        this.socket = environment.get("NOTIFY_SOCKET");
        this.log = log;
    }

    void ready() {
        send("READY=1");
    }

    void stopping() {
        send("STOPPING=1");
    }

    private void send(String state) {
        String path = socket;
        if (path == null || path.isEmpty()) {
            return;
        }
        // A leading @ stands for the NUL byte of the abstract name space.
        var address = new DomainSocketAddress(path.startsWith("@") ? "\0" + path.substring(1) : path);
        var channel = new EpollDomainDatagramChannel();
        var words = Unpooled.copiedBuffer(state, StandardCharsets.US_ASCII);
        loop.register(channel).addListener(registered -> channel.connect(address)
                .addListener(connected -> channel.writeAndFlush(words).addListener(sent -> {
                    if (!sent.isSuccess()) {
                        log.report(Report.of(
                                Severity.LOG,
                                "could not notify the service manager at \"" + path + "\": "
                                        + sent.cause().getMessage()));
                    }
                    channel.close();
                })));
    }
}
