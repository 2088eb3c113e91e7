@NullMarked
package dev.postmaster.child.syslogger;

import org.jspecify.annotations.NullMarked;
