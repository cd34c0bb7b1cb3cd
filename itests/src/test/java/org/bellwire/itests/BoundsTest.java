package org.bellwire.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bellwire.api.port.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The rule of docs/architecture.md that nothing from outside is unbounded, as far as the calls in the code show it. An exception is
 * named here with its reason, and one that is not needed any more fails the test as well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BoundsTest {

    private static final Path ARCHITECTURE = Path.of("../docs/architecture.md");
    private static final Pattern LIMIT_ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\|");

    private final JavaClasses shipped = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.bellwire")
            .that(DescribedPredicate.describe(
                    "run at a site",
                    type -> Stream.of("org.bellwire.itests", "org.bellwire.testkit", "org.bellwire.bench")
                            .noneMatch(type.getPackageName()::startsWith)));

    @Test
    void no_file_and_no_stream_is_read_without_a_bound() {
        assertThat(callers(call ->
                        isCallOf(call, "java.nio.file.Files", "readAllBytes", "readString", "readAllLines", "lines")
                                || call.getTarget().getName().equals("readAllBytes")
                                || isCallOf(call, "java.io.BufferedReader", "readLine", "lines")))
                .containsExactlyInAnyOrder(
                        "ClientId.read", // the host's name, which the kernel bounds
                        "StoredEvent.of"); // bytes that are in memory already
    }

    @Test
    void every_wait_has_an_end() {
        assertThat(callers(BoundsTest::waitsWithoutEnd))
                .containsExactlyInAnyOrder(
                        "IngressConnection.serve", // what it takes is there already
                        "ConnectionLoop.answer", // the same
                        "SelectorLoop.nanosToDeadline"); // for tests; the selector's thread answers at once
    }

    @Test
    void no_method_calls_itself() {
        assertThat(callers(call ->
                        call.getOrigin().getFullName().equals(call.getTarget().getFullName())))
                .containsExactlyInAnyOrder(
                        "SerialQueue.run", // when the command before has ended, on that one's thread
                        "PhoneFolderWatcher.lookAgain", // by the timer
                        "Announcer.read", // the same, until the files have been read
                        "RetainedConfigs.look", // the same, for some seconds
                        "RemoteStates.look", // the same, for two seconds
                        "Reports.choose", // once, with another event
                        "RequestSequence.send"); // by the timer, for at most 32 keys
    }

    @Test
    void no_queue_and_no_pool_grows_without_a_bound() {
        assertThat(callers(call ->
                        isCallOf(call, "java.util.concurrent.Executors", "newCachedThreadPool", "newFixedThreadPool")
                                || isConstructorWithoutBound(call)))
                .containsExactlyInAnyOrder(
                        "SelectorLoop.<init>", // a few for each request, and requests are bounded
                        "ConfigSender.<init>", // no more than its 32 messages in flight
                        "KnowledgeLoader.<init>"); // no more than there are partitions
    }

    @Test
    void waits_and_ages_do_not_hang_on_the_wall_clock() {
        assertThat(callers(call -> isCallOf(call, "java.lang.System", "currentTimeMillis")
                        || (isCallOf(call, "java.time.Instant", "now")
                                && call.getTarget().getRawParameterTypes().isEmpty())))
                .containsExactlyInAnyOrder("FileStateStore.openOrPutAside"); // the name of a file
    }

    @Test
    void every_limit_is_documented_and_kept() throws IOException {
        Set<String> limits =
                Arrays.stream(Limit.values()).map(Limit::wire).collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = new TreeSet<>();
        String section = Files.readString(ARCHITECTURE)
                .split("## Nothing from outside is unbounded\n")[1]
                .split("\n## ")[0];
        Matcher row = LIMIT_ROW.matcher(section);
        while (row.find()) {
            documented.add(row.group(1));
        }
        assertThat(documented).as("the table of limits in docs/architecture.md").isEqualTo(limits);
        Set<String> counted = shipped.stream()
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(Limit.class))
                .filter(access -> !access.getOriginOwner().isEquivalentTo(Limit.class))
                .map(access -> access.getTarget().getName())
                .collect(Collectors.toSet());
        assertThat(Arrays.stream(Limit.values()).map(Enum::name).filter(name -> !counted.contains(name)))
                .as("limits that nobody counts")
                .isEmpty();
    }

    private static boolean waitsWithoutEnd(JavaCall<?> call) {
        List<String> untimed = switch (call.getTargetOwner().getName()) {
            case "java.lang.Object" -> List.of("wait");
            case "java.lang.Thread" -> List.of("join");
            case "java.lang.Process" -> List.of("waitFor");
            case "java.util.concurrent.CountDownLatch", "java.util.concurrent.locks.Condition" -> List.of("await");
            case "java.util.concurrent.Semaphore" -> List.of("acquire");
            case "java.util.concurrent.Future", "java.util.concurrent.CompletableFuture" -> List.of("get", "join");
            default ->
                call.getTargetOwner().isAssignableTo("java.util.concurrent.BlockingQueue")
                        ? List.of("take")
                        : List.of();
        };
        return untimed.contains(call.getTarget().getName())
                && call.getTarget().getRawParameterTypes().isEmpty();
    }

    private static boolean isConstructorWithoutBound(JavaCall<?> call) {
        return call instanceof JavaConstructorCall
                && call.getTarget().getRawParameterTypes().isEmpty()
                && Set.of(
                                "java.util.concurrent.LinkedBlockingQueue",
                                "java.util.concurrent.LinkedBlockingDeque",
                                "java.util.concurrent.LinkedTransferQueue",
                                "java.util.concurrent.ConcurrentLinkedQueue",
                                "java.util.concurrent.ConcurrentLinkedDeque")
                        .contains(call.getTargetOwner().getName());
    }

    private static boolean isCallOf(JavaCall<?> call, String owner, String... methods) {
        return call instanceof JavaMethodCall
                && call.getTargetOwner().getName().equals(owner)
                && List.of(methods).contains(call.getTarget().getName());
    }

    private Set<String> callers(Predicate<JavaCall<?>> which) {
        return shipped.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> Stream.<JavaCall<?>>concat(
                        unit.getMethodCallsFromSelf().stream(), unit.getConstructorCallsFromSelf().stream()))
                .filter(which)
                .map(call -> call.getOriginOwner().getName().replaceAll(".*\\.", "") + "."
                        + call.getOrigin().getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
