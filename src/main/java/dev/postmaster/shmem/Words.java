package dev.postmaster.shmem;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Atomic access to the words of the mapped memory, by byte offset. Offsets are aligned to the size of the word; the
 * mapping starts on a page, so that the words are aligned in memory too.
 */
final class Words {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    Words(ByteBuffer memory) {
        this.memory = memory;
    }

    int size() {
        return memory.capacity();
    }

    int getInt(int offset) {
        return (int) INT.getVolatile(memory, offset);
    }

    void setInt(int offset, int value) {
        INT.setVolatile(memory, offset, value);
    }

    int swapInt(int offset, int value) {
        return (int) INT.getAndSet(memory, offset, value);
    }

    boolean compareAndSetInt(int offset, int expected, int value) {
        return INT.compareAndSet(memory, offset, expected, value);
    }

    long getLong(int offset) {
        return (long) LONG.getVolatile(memory, offset);
    }

    void setLong(int offset, long value) {
        LONG.setVolatile(memory, offset, value);
    }

    boolean compareAndSetLong(int offset, long expected, long value) {
        return LONG.compareAndSet(memory, offset, expected, value);
    }

    long addLong(int offset, long delta) {
        return (long) LONG.getAndAdd(memory, offset, delta) + delta;
    }

    void putBytes(int offset, byte[] bytes, int length) {
        memory.put(offset, bytes, 0, length);
    }

    byte[] getBytes(int offset, int length) {
        byte[] bytes = new byte[length];
        memory.get(offset, bytes);
        return bytes;
    }

    void clear(int offset, int length) {
        memory.put(offset, new byte[length]);
    }
}
