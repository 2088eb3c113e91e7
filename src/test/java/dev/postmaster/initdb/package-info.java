/** Tests of the creation of clusters, in temporary directories. */
@NullMarked
package dev.postmaster.initdb;

import org.jspecify.annotations.NullMarked;
