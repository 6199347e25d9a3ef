package io.millwright.api;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A channel that reads bytes in memory. Used by one thread at a time. */
final class MemoryChannel implements SeekableByteChannel {

  private final ByteBuffer bytes;
  private long position;
  private boolean closed;

  /**
   * @param bytes what is read, from 0 to its limit; its own position does not matter
   */
  MemoryChannel(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public int read(ByteBuffer to) throws ClosedChannelException {
    checkOpen();
    if (position >= bytes.limit()) {
      return -1;
    }
    int count = Math.min(to.remaining(), bytes.limit() - (int) position);
    to.put(bytes.duplicate().position((int) position).limit((int) position + count));
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() throws ClosedChannelException {
    checkOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long value) throws ClosedChannelException {
    checkOpen();
    if (value < 0) {
      throw new IllegalArgumentException("position is " + value);
    }
    position = value;
    return this;
  }

  @Override
  public long size() throws ClosedChannelException {
    checkOpen();
    return bytes.limit();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
