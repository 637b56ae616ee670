export interface Branch {
  readonly text: string;
  readonly children: readonly Branch[];
}

/** The lines of a tree, drawn as `tree` draws folders. */
export function drawTree(root: Branch): string {
  return [root.text, ...childLines(root, "")].join("\n");
}

function childLines(branch: Branch, indent: string): string[] {
  return branch.children.flatMap((child, at) => {
    const last = at === branch.children.length - 1;
    return [
      `${indent}${last ? "└─ " : "├─ "}${child.text}`,
      ...childLines(child, `${indent}${last ? "   " : "│  "}`),
    ];
  });
}
