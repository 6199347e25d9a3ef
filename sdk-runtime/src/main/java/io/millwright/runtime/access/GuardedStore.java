package io.millwright.runtime.access;

import io.millwright.api.Finding;
import io.millwright.api.ModelStore;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** A store as one user may use it. */
record GuardedStore(ModelStore within, Guard guard, Principal who) implements ModelStore {

  @Override
  public Version put(String model, Path bundle, Note note) {
    guard.check(who, Permission.PROMOTE, model);
    Version version = within.put(model, bundle, note);
    guard.done(who, "STORED", model, said("", version, note));
    return version;
  }

  /** With the digest, by which a model is found in the log. */
  private static String said(String before, Version version, Note note) {
    return before
        + "version "
        + version.number()
        + ", "
        + note.reason()
        + ", model "
        + version.digest();
  }

  @Override
  public List<Version> list() {
    return within.list();
  }

  @Override
  public Optional<Version> find(String reference) {
    return within.find(reference);
  }

  @Override
  public Path path(String reference) {
    guard.check(who, Permission.EXPORT, reference);
    return within.path(reference);
  }

  @Override
  public Version promote(String alias, String reference, Note note) {
    guard.check(who, Permission.PROMOTE, reference);
    Version version = within.promote(alias, reference, note);
    guard.done(who, "PROMOTED", version.model(), said(alias + " is ", version, note));
    return version;
  }

  @Override
  public List<Promotion> history(String model, String alias) {
    guard.check(who, Permission.READ_LOG, model);
    return within.history(model, alias);
  }

  @Override
  public Version rollBack(String model, String alias) {
    guard.check(who, Permission.PROMOTE, model);
    Version version = within.rollBack(model, alias);
    guard.done(who, "ROLLED_BACK", model, alias + " is version " + version.number());
    return version;
  }

  @Override
  public void delete(String reference) {
    guard.check(who, Permission.DELETE, reference);
    within.delete(reference);
    guard.done(who, "DELETED", reference, "");
  }

  @Override
  public List<Finding> check() {
    guard.check(who, Permission.READ_LOG, "store");
    return within.check();
  }

  @Override
  public List<Finding> repair() {
    guard.check(who, Permission.DELETE, "store");
    List<Finding> found = within.repair();
    guard.done(who, "REPAIRED", "store", found.size() + " findings");
    return found;
  }
}
