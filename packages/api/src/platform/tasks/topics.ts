import type { LiveEvent } from '../live/publish.ts';

export const taskTopic = (id: string): string => `task:${id}`;
export const tasksTopic = (client: string): string => `tasks:${client}`;

/** Who hears that a task changed: those who look at it, and its starter. */
export function taskTopics({ id, started_by }: { id: string; started_by: string }): LiveEvent[] {
  return [
    { topic: taskTopic(id), payload: { id } },
    { topic: tasksTopic(started_by), payload: { id } },
  ];
}
