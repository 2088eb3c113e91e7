package dev.postmaster.launch;

import dev.postmaster.config.SettingSources;
import dev.postmaster.core.ChildKind;
import dev.postmaster.launch.ParameterBlockException.Part;
import dev.postmaster.shmem.SegmentIdentity;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The parameter block as bytes: a header, the fixed variables, the startup data (CH-2). The seed writes a C structure
 * and reads it back with another length; here every length is written down. Numbers are big-endian.
 *
 * <pre>
 *  0  8  magic "PMPARAMS"
 *  8  4  version
 * 12  4  length of the fixed part
 * 16  4  CRC-32C of all that follows
 * 20     fixed part; its last field is the length of the startup data
 *        startup data
 * </pre>
 */
public final class ParameterCodec {
    private static final long MAGIC = 0x504D504152414D53L;
    private static final int VERSION = 3;
    private static final int VERSION_AT = 8;
    private static final int LENGTH_AT = 12;
    private static final int CHECKSUM_AT = 16;
    private static final int HEADER = 20;
    private static final String END_OF_FILE = "unexpected end of file";

    private ParameterCodec() {}

    /** The block as bytes; settings in the order of their names, so that equal blocks give equal bytes. */
    public static byte[] encode(ParameterBlock block) {
        byte[] startupData = StartupDataCodec.encode(block.startupData());
        byte[] fixed = fixedPart(block, startupData.length);
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + fixed.length + startupData.length);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(fixed.length).putInt(0);
        bytes.put(fixed).put(startupData);
        bytes.putInt(CHECKSUM_AT, checksum(bytes.array()));
        return bytes.array();
    }

    private static byte[] fixedPart(ParameterBlock block, int startupDataLength) {
        BlockWriter out = new BlockWriter();
        putCommon(out, block.common());
        ParameterBlock.Own own = block.own();
        out.putInt(own.slot()).putBoolean(own.hasClient()).putBoolean(own.takesClients());
        SegmentIdentity segment = own.segment();
        out.putBoolean(segment != null);
        if (segment != null) {
            out.putLong(segment.size()).putInt(segment.generation()).putInt(segment.creator());
        }
        return out.putInt(startupDataLength).toBytes();
    }

    private static void putCommon(BlockWriter out, CommonParameters common) {
        CommonParameters.Paths paths = common.paths();
        out.putText(paths.dataDirectory()).putText(paths.executable()).putText(paths.home());
        CommonParameters.Postmaster postmaster = common.postmaster();
        out.putInt(postmaster.pid()).putLong(postmaster.startedAtMicros()).putLong(postmaster.reloadedAtMicros());
        out.putBoolean(common.logging().redirectionDone())
                .putLong(common.logging().firstFileTime());
        SettingSources sources = common.configuration().sources();
        putTexts(out, common.configuration().settings());
        putTexts(out, sources.commandLine());
        out.putText(sources.configFile().toString());
        out.putBoolean(sources.configFileExpected());
        putTexts(out, sources.properties());
    }

    private static void putTexts(BlockWriter out, Map<String, String> texts) {
        out.putInt(texts.size());
        for (Map.Entry<String, String> text : new TreeMap<>(texts).entrySet()) {
            out.putText(text.getKey()).putText(text.getValue());
        }
    }

    /** Takes a block apart that was made for a child of this kind. */
    public static ParameterBlock decode(ChildKind kind, byte[] block) throws ParameterBlockException {
        ByteBuffer bytes = ByteBuffer.wrap(block);
        int startupDataAt = HEADER + checkedFixedLength(bytes);
        int startupDataLength = bytes.getInt(startupDataAt - Integer.BYTES);
        if (startupDataLength < 0 || startupDataLength > block.length - startupDataAt) {
            throw new ParameterBlockException(Part.STARTUP_DATA, END_OF_FILE);
        }
        if (bytes.getInt(CHECKSUM_AT) != checksum(block)) {
            throw new ParameterBlockException(Part.FIXED, "checksum does not match");
        }
        BlockReader fixed = new BlockReader(bytes.slice(HEADER, startupDataAt - HEADER));
        BlockReader startupData = new BlockReader(bytes.slice(startupDataAt, block.length - startupDataAt));
        return assemble(kind, fixed, startupData);
    }

    private static ParameterBlock assemble(ChildKind kind, BlockReader fixed, BlockReader startupData)
            throws ParameterBlockException {
        Part part = Part.FIXED;
        try {
            CommonParameters common = common(fixed);
            ParameterBlock.Own own = own(fixed);
            part = Part.STARTUP_DATA;
            return new ParameterBlock(common, own, StartupDataCodec.decode(kind, startupData));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new ParameterBlockException(part, "not made for a " + kind.childName());
        }
    }

    private static int checkedFixedLength(ByteBuffer bytes) throws ParameterBlockException {
        if (bytes.capacity() < HEADER) {
            throw new ParameterBlockException(Part.FIXED, END_OF_FILE);
        }
        if (bytes.getLong(0) != MAGIC) {
            throw new ParameterBlockException(Part.FIXED, "not a parameter block");
        }
        int version = bytes.getInt(VERSION_AT);
        if (version != VERSION) {
            throw new ParameterBlockException(Part.FIXED, "version is " + version + ", expected " + VERSION);
        }
        int length = bytes.getInt(LENGTH_AT);
        if (length < Integer.BYTES || length > bytes.capacity() - HEADER) {
            throw new ParameterBlockException(Part.FIXED, END_OF_FILE);
        }
        return length;
    }

    private static CommonParameters common(BlockReader in) {
        var paths = new CommonParameters.Paths(in.getText(), in.getText(), in.getText());
        var postmaster = new CommonParameters.Postmaster(in.getInt(), in.getLong(), in.getLong());
        var logging = new CommonParameters.Logging(in.getBoolean(), in.getLong());
        Map<String, String> settings = texts(in);
        var sources = new SettingSources(texts(in), Path.of(in.getText()), in.getBoolean(), texts(in));
        return new CommonParameters(paths, postmaster, logging, new CommonParameters.Configuration(settings, sources));
    }

    private static Map<String, String> texts(BlockReader in) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            texts.put(in.getText(), in.getText());
        }
        return texts;
    }

    private static ParameterBlock.Own own(BlockReader in) {
        int slot = in.getInt();
        boolean hasClient = in.getBoolean();
        boolean takesClients = in.getBoolean();
        SegmentIdentity segment = null;
        if (in.getBoolean()) {
            segment = new SegmentIdentity(in.getLong(), in.getInt(), in.getInt());
        }
        return new ParameterBlock.Own(slot, hasClient, takesClients, segment);
    }

    private static int checksum(byte[] block) {
        CRC32C crc = new CRC32C();
        crc.update(block, HEADER, block.length - HEADER);
        return (int) crc.getValue();
    }
}
