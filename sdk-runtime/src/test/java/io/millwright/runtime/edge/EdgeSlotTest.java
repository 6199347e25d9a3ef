package io.millwright.runtime.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.runtime.verify.FileSignature;
import io.millwright.runtime.verify.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the learning side signs, the edge verifies and swaps. */
class EdgeSlotTest {

  private static final Path KEPT = Path.of("../samples/app/src/test/resources/kept/0.1.0");

  @TempDir Path folder;

  private static KeyPair keys() throws Exception {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  private Path delivered(String name, KeyPair signer) throws IOException {
    Path file = folder.resolve("delivered-" + name + ".mwb");
    Files.copy(KEPT.resolve(name + ".mwb"), file);
    FileSignature.sign(file, signer.getPrivate(), signer.getPublic(), "plant", Instant.EPOCH);
    return file;
  }

  @Test
  void aSignedModelIsTakenAndAnotherIsNot() throws Exception {
    KeyPair plant = keys();
    KeyPair stranger = keys();
    Path place = folder.resolve("slot");
    EdgeSlot slot = EdgeSlot.in(place, TrustedKeys.of(plant.getPublic()), 0.9);
    assertThatThrownBy(slot::open).hasMessageContaining("holds no model");
    EdgePredictor first = slot.take(delivered("strength", plant));
    assertThat(slot.open().info().digest()).isEqualTo(first.info().digest());
    assertThatThrownBy(slot::back).hasMessageContaining("no earlier model");

    Path forged = delivered("grade", stranger);
    assertThatThrownBy(() -> slot.take(forged)).hasMessageContaining("BAD_SIGNATURE");
    Path changed = delivered("life", plant);
    byte[] bytes = Files.readAllBytes(changed);
    bytes[bytes.length / 2] ^= 1;
    Files.write(changed, bytes);
    assertThatThrownBy(() -> slot.take(changed)).hasMessageContaining("BAD_SIGNATURE");
    Path composed = delivered("demand", plant);
    assertThatThrownBy(() -> slot.take(composed)).hasMessageContaining("UNSUPPORTED");
    assertThat(slot.open().info().digest()).isEqualTo(first.info().digest());
    try (var files = Files.list(place)) {
      assertThat(files).hasSize(3); // bundle, signature, pointer
    }

    Path next = folder.resolve("next.mwb");
    Files.copy(KEPT.resolve("grade.mwb"), next);
    FileSignature.sign(next, plant.getPrivate(), plant.getPublic(), "plant", Instant.EPOCH);
    EdgePredictor second = slot.take(next);
    assertThat(second.info().digest()).isNotEqualTo(first.info().digest());
    assertThat(slot.take(next).info().digest()).isEqualTo(second.info().digest());
    EdgeSlot later = EdgeSlot.in(place, TrustedKeys.of(plant.getPublic()), 0.9);
    assertThat(later.open().info().digest()).isEqualTo(second.info().digest());
    assertThat(later.back().info().digest()).isEqualTo(first.info().digest());
    assertThat(later.open().info().digest()).isEqualTo(first.info().digest());
    // The models of a device whose keys were changed do not open any more.
    EdgeSlot rotated = EdgeSlot.in(place, TrustedKeys.of(stranger.getPublic()), 0.9);
    assertThatThrownBy(rotated::open).hasMessageContaining("BAD_SIGNATURE");
  }

  @Test
  void aModelInUseThatIsDeliveredAgainIsWholeAtAnyTime() throws Exception {
    KeyPair plant = keys();
    Path place = folder.resolve("slot");
    EdgeSlot slot = EdgeSlot.in(place, TrustedKeys.of(plant.getPublic()), 0.9);
    Path bundle = delivered("strength", plant);
    slot.take(bundle);
    Path own;
    try (var files = Files.list(place)) {
      own = files.filter(f -> f.toString().endsWith(".mwb")).findFirst().orElseThrow();
    }
    Files.writeString(place.resolve(own.getFileName() + ".part"), "of a crash");
    long size = Files.size(own);
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger broken = new AtomicInteger();
    Thread watching =
        new Thread(
            () -> {
              while (!done.get()) {
                try {
                  broken.addAndGet(Files.size(own) == size ? 0 : 1);
                } catch (IOException e) {
                  broken.incrementAndGet();
                }
              }
            });
    watching.start();
    try {
      for (int i = 0; i < 50; i++) {
        slot.take(bundle);
      }
    } finally {
      done.set(true);
      watching.join();
    }
    assertThat(broken).hasValue(0);
    try (var files = Files.list(place)) {
      assertThat(files).hasSize(3); // bundle, signature, pointer
    }
  }
}
