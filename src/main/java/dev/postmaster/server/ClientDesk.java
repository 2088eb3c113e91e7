package dev.postmaster.server;

import dev.postmaster.config.Settings;
import dev.postmaster.core.CacState;
import io.netty.channel.Channel;

/** Where clients wait for the verdict of the core, which knows them by a number, and where it is carried out. */
@OnLoop
interface ClientDesk {
    /** Takes a client that was just accepted; its channel is not registered with any event loop yet. */
    void welcome(Channel channel);

    /** Gives a client a process, if that is possible. */
    Admission launch(long client);

    /** Whether it is worth asking the core about this client: it has not left, nor been sent away here and now. */
    boolean admits(long client);

    /** Gives a client to a spare that waits. If that is no good, the client stays where it is. */
    Admission handOver(long client);

    /** Tells a client why it gets no session, as far as it can be told; false if it has left. */
    boolean refuse(long client, CacState reason);

    /** Clients without a process. */
    int size();

    /** Holds for clients that come from now on. */
    void configure(Settings settings);

    /** Sends everybody away without a word: the postmaster is about to exit. */
    void closeAll();
}
