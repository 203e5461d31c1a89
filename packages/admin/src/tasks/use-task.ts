import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { useMutation } from '../app/use-mutation.ts';
import { useQuery } from '../app/use-query.ts';
import { useSubscription } from '../app/use-subscription.ts';
import { cancelTask, myTasks, myTasksChanged, taskChanged, taskNow } from './operations.ts';
import { isGoingOn, later, withTask, type Task } from './task.ts';

/** One task as it goes on. @param finished once, when it is over */
export function useTask(
  id: () => string | null,
  finished: (task: Task) => void = () => undefined,
): { task: ShallowRef<Task | null>; unknown: ComputedRef<boolean>; cancel: () => Promise<void> } {
  const task = shallowRef<Task | null>(null);
  const cancelling = useMutation(cancelTask);

  function take(now: Task | null | undefined): void {
    if (now === null || now === undefined || now.id !== id()) return;
    const before = task.value?.id === now.id ? task.value : null;
    task.value = before === null ? now : later(before, now);
    if ((before === null || isGoingOn(before)) && !isGoingOn(now)) finished(now);
  }
  watch(id, () => {
    task.value = null;
  });
  const variables = (): { id: string } | null => {
    const known = id();
    return known === null ? null : { id: known };
  };
  const asked = useQuery(taskNow, variables);
  watch(asked.data, (data) => take(data?.task));
  useSubscription(taskChanged, variables, (data) => take(data.taskChanged));

  return {
    task,
    /** Its first answer is awaited: whether it goes on is not known yet. */
    unknown: computed(
      () =>
        id() !== null &&
        task.value === null &&
        asked.failure.value === null &&
        asked.data.value?.task !== null,
    ),
    cancel: async () => {
      const known = id();
      if (known !== null) take(await cancelling.run({ id: known }));
    },
  };
}

/** What the signed-in person started lately, as it goes on. */
export function useMyTasks(finished: (task: Task) => void): {
  tasks: ShallowRef<readonly Task[]>;
  cancel: (id: string) => Promise<void>;
} {
  const tasks = shallowRef<readonly Task[]>([]);
  const cancelling = useMutation(cancelTask);

  function take(now: Task): void {
    const before = tasks.value.find((task) => task.id === now.id);
    tasks.value = withTask(tasks.value, now);
    if (!isGoingOn(now) && (before === undefined || isGoingOn(before))) finished(now);
  }
  const asked = useQuery(myTasks, () => ({}));
  watch(asked.data, (data) => {
    tasks.value = data?.tasks.edges.map(({ node }) => node) ?? [];
  });
  useSubscription(
    myTasksChanged,
    () => ({}),
    (data) => take(data.myTasksChanged),
  );
  return {
    tasks,
    cancel: async (id) => {
      const now = await cancelling.run({ id });
      if (now !== null) take(now);
    },
  };
}
