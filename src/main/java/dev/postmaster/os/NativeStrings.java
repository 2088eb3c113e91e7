package dev.postmaster.os;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.List;

/** An argv or environment: an array of pointers that ends with NULL, and the strings it points to, in one block. */
final class NativeStrings implements AutoCloseable {
    private final Memory block;

    NativeStrings(List<String> texts) {
        List<byte[]> strings = texts.stream().map(Calls::cString).toList();
        long arraySize = (long) Long.BYTES * (strings.size() + 1);
        block = new Memory(
                arraySize + strings.stream().mapToLong(string -> string.length).sum());
        long address = Pointer.nativeValue(block);
        long slot = 0;
        long end = arraySize;
        for (byte[] string : strings) {
            block.write(end, string, 0, string.length);
            block.setLong(slot, address + end);
            slot += Long.BYTES;
            end += string.length;
        }
        block.setLong(slot, 0);
    }

    Pointer array() {
        return block;
    }

    @Override
    public void close() {
        block.close();
    }
}
