package io.millwright.runtime.access;

import io.millwright.api.ErrorCode;
import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.runtime.verify.AuditLog;
import io.millwright.runtime.verify.TrustedKeys;
import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of a {@link Millwright}: each user gets a view of it that asks the policy before
 * everything it does. What the policy does not allow, or fails to say, is refused; every refusal is
 * a line of the audit log, or a warning of SLF4J where there is none. Thread-safe.
 */
public final class Guard {

  /** A user may not do what was asked for. */
  public static final ErrorCode NOT_ALLOWED = new ErrorCode("NOT_ALLOWED");

  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final Millwright millwright;
  private final AccessPolicy policy;
  private final Optional<TrustedKeys> keys;
  private final Optional<AuditLog> audit;

  private Guard(
      Millwright millwright,
      AccessPolicy policy,
      Optional<TrustedKeys> keys,
      Optional<AuditLog> audit) {
    this.millwright = Objects.requireNonNull(millwright, "millwright");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.keys = keys;
    this.audit = audit;
  }

  /**
   * A guard.
   *
   * @param millwright what is guarded; stays the caller's to close
   * @param policy says what users may do
   * @return the guard
   */
  public static Guard of(Millwright millwright, AccessPolicy policy) {
    return new Guard(millwright, policy, Optional.empty(), Optional.empty());
  }

  /**
   * Only opens models that a trusted key has signed.
   *
   * @param trusted the keys
   * @return the new guard
   */
  public Guard signedBy(TrustedKeys trusted) {
    return new Guard(millwright, policy, Optional.of(trusted), audit);
  }

  /**
   * Writes refusals, promotions and deletions into an audit log.
   *
   * @param log the log; stays the caller's to close
   * @return the new guard
   */
  public Guard audit(AuditLog log) {
    return new Guard(millwright, policy, keys, Optional.of(log));
  }

  /**
   * Millwright as a user may use it.
   *
   * @param who the user
   * @return a view; closing it does nothing
   */
  public Millwright as(Principal who) {
    return new GuardedMillwright(millwright, this, Objects.requireNonNull(who, "who"));
  }

  /**
   * Asks the policy, for what a host does itself, such as reading a log.
   *
   * @param who the user
   * @param what what is to be done
   * @param about to what
   * @throws MillwrightException with {@link #NOT_ALLOWED} when it is not allowed
   */
  public void check(Principal who, Permission what, String about) {
    boolean allowed;
    String why = "";
    try {
      allowed = policy.allows(who, what, about);
    } catch (RuntimeException e) {
      allowed = false;
      why = "the policy failed: " + e;
    }
    if (!allowed) {
      String reason = why;
      audit.ifPresentOrElse(
          log ->
              log.add(
                  who.getName(), "REFUSED", about, what + (reason.isEmpty() ? "" : ", ") + reason),
          () -> LOG.warn("{} was refused {} of {} {}", who.getName(), what, about, reason));
      throw new MillwrightException(
          NOT_ALLOWED,
          who.getName()
              + " may not "
              + what
              + " "
              + about
              + (why.isEmpty() ? "" : " (" + why + ")")
              + "\nMaybe ask whoever gives out permissions for "
              + what);
    }
  }

  /** Writes what was done. */
  void done(Principal who, String what, String about, String detail) {
    audit.ifPresent(log -> log.add(who.getName(), what, about, detail));
  }

  ModelSource trusted(ModelSource source) {
    return keys.isPresent() ? keys.get().source(source) : source;
  }
}
