/** An onEpoch that takes its time and says in `done` when it begins and ends; after the epoch `failing` it throws `error`. */
export function slowEpochs(failing: number, error: Error) {
  const done: string[] = [];
  const onEpoch = async ({ epoch }: { epoch: number }) => {
    done.push(`begins ${epoch}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
    done.push(`ends ${epoch}`);
    if (epoch === failing) throw error;
  };
  return { done, onEpoch };
}
