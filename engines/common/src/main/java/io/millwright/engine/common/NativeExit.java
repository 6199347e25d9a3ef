package io.millwright.engine.common;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the process leave without the destructors of native libraries. The Java virtual machine
 * ends a process, halted or not, with C's {@code exit}, which destroys the global objects of
 * libraries while threads may still compute in them: the usual reason why such a process dies of
 * SIGSEGV at its end.
 *
 * <p>On Linux {@code on_exit} registers {@code _exit} itself as the last handler, so as the first
 * that runs: every shutdown hook of Java and the exit code stay what they are, and then the process
 * is gone. Other systems lack it, and {@link #arm} says so. Thread-safe.
 */
public final class NativeExit {

  private static final Logger LOG = LoggerFactory.getLogger(NativeExit.class);

  private final @Nullable Function register;
  private final @Nullable Function leave;

  private NativeExit(@Nullable Function register, @Nullable Function leave) {
    this.register = register;
    this.leave = leave;
  }

  /** Looks the functions up, while there is time. */
  public static NativeExit prepared() {
    if (!Platform.isLinux()) {
      return new NativeExit(null, null);
    }
    try {
      NativeLibrary c = NativeLibrary.getInstance("c", Map.of());
      return new NativeExit(c.getFunction("on_exit"), c.getFunction("_exit"));
    } catch (LinkageError | RuntimeException e) {
      LOG.debug("The C library has no on_exit", e);
      return new NativeExit(null, null);
    }
  }

  /**
   * From now on the end of the process skips native destructors.
   *
   * @return false where the system cannot do that
   */
  public boolean arm() {
    Function on = register;
    if (on == null) {
      return false;
    }
    try {
      return on.invokeInt(new Object[] {leave, Pointer.NULL}) == 0;
    } catch (LinkageError | RuntimeException e) {
      LOG.debug("on_exit could not be called", e);
      return false;
    }
  }
}
