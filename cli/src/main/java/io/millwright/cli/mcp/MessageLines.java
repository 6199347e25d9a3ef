package io.millwright.cli.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of bytes, none of them longer in memory than a bound. Used by one thread. */
final class MessageLines {

  private final InputStream in;
  private final int longest;
  private final byte[] buffer = new byte[1 << 13];
  private int at;
  private int end;
  private boolean tooLong;

  MessageLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** Whether the line that was given last was longer than the bound; it is then cut. */
  boolean tooLong() {
    return tooLong;
  }

  /** The next line without its end; null behind the last. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    tooLong = false;
    boolean any = false;
    while (true) {
      if (at == end) {
        end = in.read(buffer);
        at = 0;
        if (end < 0) {
          end = 0;
          return any ? line.toByteArray() : null;
        }
      }
      any = true;
      byte b = buffer[at++];
      if (b == '\n') {
        return line.toByteArray();
      }
      if (line.size() < longest) {
        line.write(b);
      } else {
        tooLong = true;
      }
    }
  }
}
