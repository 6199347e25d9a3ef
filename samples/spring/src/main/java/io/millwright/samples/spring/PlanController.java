package io.millwright.samples.spring;

import io.millwright.api.Budget;
import io.millwright.api.Job;
import io.millwright.api.MillwrightException;
import io.millwright.api.Progress;
import io.millwright.api.Solution;
import io.millwright.scheduling.Objectives;
import io.millwright.scheduling.Schedule;
import io.millwright.scheduling.Scheduling;
import io.millwright.scheduling.Shop;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Plans of the shop floor: asked for, watched, cancelled, fetched. */
@RestController
class PlanController implements DisposableBean {

  private static final int MOST = 100;

  /** One plan in the making. */
  private record Asked(Shop shop, Job<Solution<Schedule>> job) {}

  private final Scheduling scheduling;
  // Server-sent events wait for slow clients: never on the thread that searches.
  private final ExecutorService events =
      Executors.newCachedThreadPool(task -> new Thread(task, "plan-events"));
  private final Map<String, Asked> plans =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Asked> oldest) {
          return size() > MOST && oldest.getValue().job().state().isFinal();
        }
      };

  PlanController(Scheduling scheduling) {
    this.scheduling = scheduling;
  }

  /** Begins a search and says at once where its plan will be. */
  @PostMapping("/plans")
  ResponseEntity<Map<String, String>> ask(
      @RequestBody String shop, @RequestParam(defaultValue = "10") int seconds) {
    Shop read = scheduling.documents().shop("request", shop);
    Job<Solution<Schedule>> job =
        scheduling
            .optimizer()
            .minimize(Objectives.weightedTardiness())
            .optimize(read, Budget.of(Duration.ofSeconds(Math.max(1, Math.min(600, seconds)))));
    String id = UUID.randomUUID().toString();
    synchronized (plans) {
      plans.put(id, new Asked(read, job));
    }
    return ResponseEntity.accepted().location(URI.create("/plans/" + id)).body(Map.of("id", id));
  }

  private Asked plan(String id) {
    synchronized (plans) {
      Asked asked = plans.get(id);
      if (asked == null) {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no plan " + id);
      }
      return asked;
    }
  }

  /** The plan as it stands: the best so far while the search goes on. */
  @GetMapping(path = "/plans/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> get(@PathVariable String id) {
    Asked asked = plan(id);
    return asked
        .job()
        .best()
        .filter(best -> best.value().isPresent())
        .map(
            best ->
                scheduling.documents().json(asked.shop(), best.orElseThrow(), best.objectives()))
        .map(ResponseEntity::ok)
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  /** How far the search is, as server-sent events, and at last how it ended. */
  @GetMapping("/plans/{id}/progress")
  SseEmitter progress(@PathVariable String id) {
    Job<Solution<Schedule>> job = plan(id).job();
    Watcher watcher = new Watcher(new SseEmitter(0L));
    Job.Subscription listening =
        job.onProgress(progress -> events.execute(() -> watcher.send("progress", of(progress))));
    watcher.emitter.onCompletion(listening::close);
    events.execute(() -> watcher.end(Map.of("state", ended(job))));
    return watcher.emitter;
  }

  /**
   * One who watches. Progress may come on many threads, and a response that ends while another
   * thread still writes to it is cut off: so one event at a time, and none after the end.
   */
  static final class Watcher {

    private final SseEmitter emitter;
    private boolean ended;

    Watcher(SseEmitter emitter) {
      this.emitter = emitter;
    }

    synchronized void send(String name, Object data) {
      if (ended) {
        return;
      }
      try {
        emitter.send(SseEmitter.event().name(name).data(data));
      } catch (IOException | IllegalStateException e) {
        // Nobody listens any more, and the container knows; the search goes on.
        ended = true;
      }
    }

    synchronized void end(Object data) {
      send("end", data);
      if (!ended) {
        ended = true;
        emitter.complete();
      }
    }
  }

  private static String ended(Job<Solution<Schedule>> job) {
    try {
      return job.await().end().name();
    } catch (CancellationException e) {
      return Job.State.CANCELLED.name();
    } catch (MillwrightException e) {
      return e.code().id();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "STOPPED";
    }
  }

  private static Map<String, Object> of(Progress progress) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("stage", progress.stage());
    progress.fraction().ifPresent(done -> event.put("done", done));
    event.put("figures", progress.figures());
    return event;
  }

  /** Ends the search; its best so far can still be fetched. */
  @DeleteMapping("/plans/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void cancel(@PathVariable String id) {
    plan(id).job().cancel();
  }

  /** What is wrong with a shop is said with its place. */
  @ExceptionHandler
  @ResponseStatus(HttpStatus.BAD_REQUEST)
  Map<String, Object> wrong(MillwrightException e) {
    return Map.of("code", e.code().id(), "message", String.valueOf(e.getMessage()));
  }

  @Override
  public void destroy() {
    events.shutdownNow();
  }
}
