/** How the processes of a job find one another: torchrun's variables, an MPI launcher's, or not at all. */
export const distributions = ["pytorch", "mpi", "none"] as const;
export type Distribution = (typeof distributions)[number];
