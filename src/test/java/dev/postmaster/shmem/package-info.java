@NullMarked
package dev.postmaster.shmem;

import org.jspecify.annotations.NullMarked;
