package io.millwright.runtime.journal;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.util.List;

/**
 * Append-only storage of a prediction journal, such as a database. Implemented by connectors and
 * hosts, called by one {@link PredictionJournal} on its own thread.
 */
public interface JournalStore extends AutoCloseable {

  /**
   * Appends records in their order. May wait for a storage that is away; meanwhile the journal's
   * queue fills.
   *
   * @param lines at least one
   * @return how many were kept; a record that the storage refuses for what it holds is left out and
   *     logged, and keeps no other one out
   * @throws MillwrightException with {@link ErrorCode#IO_FAILED} when none could be kept, {@link
   *     ErrorCode#JOB_CANCELLED} when the thread was interrupted while it waited
   */
  int append(List<JournalLine> lines);

  /**
   * Called after the last record. What the host lent, such as a pool of connections, stays open.
   */
  @Override
  void close();
}
