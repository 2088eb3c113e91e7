package dev.postmaster.shmem;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * The mapped segment. The postmaster creates one at its start and a new one, with the next generation, at each
 * reinitialisation (PM-50), each in a memfd of its own, so that a straggler of the old life cannot reach the new one.
 * Children attach to the descriptor they inherited. Any thread may use the views; who may write what is said there.
 *
 * <p>The mapping lives until the object is collected; the descriptor may be closed as soon as the object exists.
 */
public final class SharedSegment {
    private final Words words;
    private final SegmentShape shape;

    private SharedSegment(Words words, SegmentShape shape) {
        this.words = words;
        this.shape = shape;
    }

    /** Size of a segment of this shape, in bytes. */
    public static long bytesFor(SegmentShape shape) {
        return SegmentLayout.segmentSize(shape.slots(), shape.workers());
    }

    /**
     * Lays out a fresh segment in a memfd of {@link #bytesFor} zero bytes.
     *
     * @param descriptor an open descriptor of this process, readable and writable
     * @param shape how much it holds
     * @param generation 1 at the start of the postmaster, one more at each reinitialisation
     * @param creator pid of the postmaster
     */
    public static SharedSegment create(int descriptor, SegmentShape shape, int generation, int creator)
            throws SegmentException {
        long size = bytesFor(shape);
        Words words = map(descriptor);
        expect("size", size, words.size());
        words.setInt(SegmentLayout.VERSION, SegmentLayout.VERSION_VALUE);
        words.setInt(SegmentLayout.GENERATION, generation);
        words.setLong(SegmentLayout.SIZE, size);
        words.setInt(SegmentLayout.CREATOR, creator);
        words.setInt(SegmentLayout.SLOTS, shape.slots());
        words.setInt(SegmentLayout.WORKERS, shape.workers());
        words.setLong(SegmentLayout.MAGIC, SegmentLayout.MAGIC_VALUE);
        return new SharedSegment(words, shape);
    }

    /**
     * Attaches to an inherited segment and makes sure it is the expected one.
     *
     * @throws SegmentException if it cannot be mapped, or is of another size, version, generation or creator
     */
    public static SharedSegment attach(int descriptor, SegmentIdentity expected) throws SegmentException {
        Words words = map(descriptor);
        expect("size", expected.size(), words.size());
        expect("magic", SegmentLayout.MAGIC_VALUE, words.getLong(SegmentLayout.MAGIC));
        expect("version", SegmentLayout.VERSION_VALUE, words.getInt(SegmentLayout.VERSION));
        expect("recorded size", expected.size(), words.getLong(SegmentLayout.SIZE));
        expect("generation", expected.generation(), words.getInt(SegmentLayout.GENERATION));
        expect("creator", expected.creator(), words.getInt(SegmentLayout.CREATOR));
        return new SharedSegment(words, shape(words));
    }

    /**
     * Looks at a segment from outside, as a tool does that belongs to no generation; what would write fails.
     *
     * @param file the segment, such as {@code /proc/PID/fd/N} of the postmaster
     * @throws SegmentException if it cannot be mapped, or is no segment of this version
     */
    public static SharedSegment view(Path file) throws SegmentException {
        Words words = map(file.toString(), "r", MapMode.READ_ONLY);
        expect("magic", SegmentLayout.MAGIC_VALUE, words.getLong(SegmentLayout.MAGIC));
        expect("version", SegmentLayout.VERSION_VALUE, words.getInt(SegmentLayout.VERSION));
        return new SharedSegment(words, shape(words));
    }

    /** Read once, and believed only if it explains the size: nothing is looked for beyond the end, whatever comes. */
    private static SegmentShape shape(Words words) throws SegmentException {
        int slots = words.getInt(SegmentLayout.SLOTS);
        int workers = words.getInt(SegmentLayout.WORKERS);
        if (slots < 1 || workers < 0) {
            throw new SegmentException("it has " + slots + " slots and " + workers + " worker slots");
        }
        expect("size of all slots", SegmentLayout.segmentSize(slots, workers), words.size());
        return new SegmentShape(slots, workers);
    }

    /** What a child must be told to attach. */
    public SegmentIdentity identity() {
        return new SegmentIdentity(
                words.size(), words.getInt(SegmentLayout.GENERATION), words.getInt(SegmentLayout.CREATOR));
    }

    /** Number of child slots. */
    public int slots() {
        return shape.slots();
    }

    /** The slot of this number, 1 to {@link #slots()}. */
    public ChildSlot slot(int number) {
        if (number < 1 || number > slots()) {
            throw new IllegalArgumentException("no slot " + number + " of " + slots());
        }
        return new ChildSlot(words, number);
    }

    /** The registrations of background workers. */
    public WorkerSlots workers() {
        return new WorkerSlots(words, shape);
    }

    public PmSignalFlags pmSignals() {
        return new PmSignalFlags(words);
    }

    public CheckpointRequests checkpoints() {
        return new CheckpointRequests(words);
    }

    public RecoveryProgress recovery() {
        return new RecoveryProgress(words);
    }

    /** Postmaster: says why, before the SIGQUIT wave (SG-31). */
    public void quitReason(QuitReason reason) {
        words.setInt(SegmentLayout.QUIT_REASON, EnumWords.wordOf(reason));
    }

    /** Why the postmaster sent SIGQUIT; {@code NOT_SENT} if it did not, or the word makes no sense. */
    public QuitReason quitReason() {
        int word = words.getInt(SegmentLayout.QUIT_REASON);
        return EnumWords.constantOf(QuitReason.values(), word, QuitReason.NOT_SENT);
    }

    private static Words map(int descriptor) throws SegmentException {
        return map("/proc/self/fd/" + descriptor, "rw", MapMode.READ_WRITE);
    }

    private static Words map(String path, String access, MapMode mode) throws SegmentException {
        try (RandomAccessFile file = new RandomAccessFile(path, access)) {
            long size = file.length();
            if (size < SegmentLayout.FIRST_SLOT || size > Integer.MAX_VALUE) {
                throw new SegmentException("size is " + size);
            }
            return new Words(file.getChannel().map(mode, 0, size));
        } catch (IOException e) {
            throw new SegmentException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void expect(String what, long expected, long found) throws SegmentException {
        if (expected != found) {
            throw new SegmentException(what + " is " + found + ", expected " + expected);
        }
    }
}
