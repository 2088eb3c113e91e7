package dev.postmaster.server;

import dev.postmaster.config.Settings;
import dev.postmaster.core.CacState;
import dev.postmaster.metrics.Meters;
import dev.postmaster.metrics.Refusal;
import io.netty.channel.Channel;

/** Counts who comes to a desk and what becomes of them; the desk does the work. */
@OnLoop
final class CountingDesk implements ClientDesk {
    private final ClientDesk desk;
    private final Meters meters;

    CountingDesk(ClientDesk desk, Meters meters) {
        this.desk = desk;
        this.meters = meters;
    }

    @Override
    public void welcome(Channel channel) {
        meters.accepted();
        desk.welcome(channel);
    }

    @Override
    public Admission launch(long client) {
        return count(desk.launch(client));
    }

    private Admission count(Admission admission) {
        Refusal refusal = admission.refusal();
        if (admission == Admission.SERVED) {
            meters.admitted();
        } else if (refusal != null) {
            meters.refused(refusal);
        }
        return admission;
    }

    @Override
    public boolean admits(long client) {
        return desk.admits(client);
    }

    @Override
    public Admission handOver(long client) {
        return count(desk.handOver(client));
    }

    @Override
    public boolean refuse(long client, CacState reason) {
        boolean refused = desk.refuse(client, reason);
        if (refused) {
            meters.refused(Refusal.of(reason));
        }
        return refused;
    }

    @Override
    public int size() {
        return desk.size();
    }

    @Override
    public void configure(Settings settings) {
        desk.configure(settings);
    }

    @Override
    public void closeAll() {
        desk.closeAll();
    }
}
