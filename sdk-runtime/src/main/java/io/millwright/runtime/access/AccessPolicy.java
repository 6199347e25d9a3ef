package io.millwright.runtime.access;

import java.security.Principal;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Says what a user may do. Hosts implement it over their own users, or map these to roles. Must be
 * thread-safe and quick; what it throws counts as a refusal.
 */
@FunctionalInterface
public interface AccessPolicy {

  /**
   * Whether a user may do something.
   *
   * @param who the user
   * @param what what is to be done
   * @param about to what: a model's file or reference, a store's folder, a facade's name
   * @return true only when it is allowed
   */
  boolean allows(Principal who, Permission what, String about);

  /**
   * By roles: a user may do what one of their roles may. Roles that are not listed may do nothing.
   *
   * @param rolesOf the roles of a user
   * @param granted what each role may do
   * @return the policy
   */
  static AccessPolicy roles(
      Function<? super Principal, ? extends Set<String>> rolesOf,
      Map<String, ? extends Set<Permission>> granted) {
    return (who, what, about) ->
        rolesOf.apply(who).stream()
            .anyMatch(role -> granted.containsKey(role) && granted.get(role).contains(what));
  }
}
