package io.millwright.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.Millwright;
import io.millwright.api.MillwrightException;
import io.millwright.api.ModelSource;
import io.millwright.runtime.verify.AuditLine;
import io.millwright.runtime.verify.AuditLog;
import io.millwright.runtime.verify.TrustedKeys;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.Principal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

  private static final Principal ANN = () -> "ann";
  private static final Principal BOB = () -> "bob";

  private static final AccessPolicy ROLES =
      AccessPolicy.roles(
          who -> who.getName().equals("ann") ? Set.of("engineer") : Set.of("guest"),
          Map.of("engineer", Set.of(Permission.OPEN, Permission.TRAIN)));

  private static Millwright anything() {
    return (Millwright)
        Proxy.newProxyInstance(
            Millwright.class.getClassLoader(),
            new Class<?>[] {Millwright.class},
            (proxy, method, args) -> null);
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Guard.NOT_ALLOWED);
              assertThat(e.getMessage()).contains("\nMaybe ask");
            });
  }

  @Test
  void whatIsNotAllowedIsRefusedAndLogged(@TempDir Path folder) {
    ModelSource model = ModelSource.bytes("press", new byte[1]);
    try (AuditLog log = AuditLog.open(folder, Clock.systemUTC())) {
      Guard guard = Guard.of(anything(), ROLES).audit(log);
      guard.as(ANN).info(model);
      guard.as(ANN).learning();
      assertRefused(() -> guard.as(BOB).info(model));
      assertRefused(() -> guard.as(BOB).learning());
      assertRefused(() -> guard.as(ANN).report());
      Guard broken =
          Guard.of(
                  anything(),
                  (who, what, about) -> {
                    throw new IllegalStateException("no directory");
                  })
              .audit(log);
      assertRefused(() -> broken.as(ANN).info(model));
    }
    List<AuditLine> lines = new ArrayList<>();
    assertThat(AuditLog.read(folder, lines::add).whole()).isTrue();
    assertThat(lines).hasSize(4).allMatch(l -> l.what().equals("REFUSED"));
    assertThat(lines.get(3).detail()).contains("no directory");
  }

  @Test
  void unsignedModelsAreRefusedWhereKeysAreAskedFor() throws Exception {
    TrustedKeys keys =
        TrustedKeys.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
    Guard guard = Guard.of(anything(), ROLES).signedBy(keys);
    assertThatThrownBy(() -> guard.as(ANN).open(ModelSource.bytes("press", new byte[1])))
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> assertThat(e.code()).isEqualTo(TrustedKeys.BAD_SIGNATURE));
  }
}
