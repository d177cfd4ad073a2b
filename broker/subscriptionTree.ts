import { SharedGroup } from './sharedGroup.ts'
import type { FilterPath, Subscription } from './subscription.ts'

/** Those who get a message: sessions with all their matching subscriptions, and share groups. */
export type Matches<Subscriber> = {
  direct: Map<Subscriber, Subscription[]>
  shared: SharedGroup<Subscriber>[]
}

class Node<Subscriber> {
  readonly children = new Map<string, Node<Subscriber>>()
  readonly direct = new Map<Subscriber, Subscription>()
  readonly groups = new Map<string, SharedGroup<Subscriber>>()

  get isEmpty(): boolean {
    return this.children.size + this.direct.size + this.groups.size === 0
  }
}

/**
 * All subscriptions, as a tree of topic levels in which `+` and `#` are children like any other, so
 * that a message is matched in the time of its own levels and not of the number of subscriptions.
 */
export class SubscriptionTree<Subscriber> {
  readonly #root = new Node<Subscriber>()

  /** Adds a subscription, in place of the one that the subscriber has with the same filter. */
  add(path: FilterPath, subscriber: Subscriber, subscription: Subscription): void {
    let node = this.#root
    for (const level of path.levels) {
      const child = node.children.get(level) ?? new Node<Subscriber>()
      node.children.set(level, child)
      node = child
    }
    if (path.group === undefined) {
      node.direct.set(subscriber, subscription)
      return
    }
    const group = node.groups.get(path.group) ?? new SharedGroup<Subscriber>()
    node.groups.set(path.group, group)
    group.members.set(subscriber, subscription)
  }

  /** Removes the subscription if it is there, and the branches that nobody needs any more. */
  remove(path: FilterPath, subscriber: Subscriber): void {
    this.#removeBelow(this.#root, path, 0, subscriber)
  }

  match(topic: string): Matches<Subscriber> {
    const matches: Matches<Subscriber> = { direct: new Map(), shared: [] }
    // A wildcard at the first level does not match topics that start with $ (§4.7.2).
    this.#matchBelow(this.#root, topic.split('/'), 0, !topic.startsWith('$'), matches)
    return matches
  }

  #removeBelow(
    node: Node<Subscriber>,
    path: FilterPath,
    depth: number,
    subscriber: Subscriber,
  ): void {
    const level = path.levels[depth]
    if (level === undefined) {
      removeHere(node, path.group, subscriber)
      return
    }
    const child = node.children.get(level)
    if (child === undefined) return
    this.#removeBelow(child, path, depth + 1, subscriber)
    if (child.isEmpty) node.children.delete(level)
  }

  #matchBelow(
    node: Node<Subscriber>,
    levels: readonly string[],
    depth: number,
    wildcards: boolean,
    matches: Matches<Subscriber>,
  ): void {
    // `a/#` matches `a` itself as well (§4.7.1.2).
    const rest = wildcards ? node.children.get('#') : undefined
    if (rest !== undefined) collect(rest, matches)
    const level = levels[depth]
    if (level === undefined) {
      collect(node, matches)
      return
    }
    const exact = node.children.get(level)
    if (exact !== undefined) this.#matchBelow(exact, levels, depth + 1, true, matches)
    const single = wildcards ? node.children.get('+') : undefined
    if (single !== undefined) this.#matchBelow(single, levels, depth + 1, true, matches)
  }
}

function removeHere<Subscriber>(
  node: Node<Subscriber>,
  name: string | undefined,
  subscriber: Subscriber,
): void {
  if (name === undefined) {
    node.direct.delete(subscriber)
    return
  }
  const group = node.groups.get(name)
  group?.members.delete(subscriber)
  if (group?.members.size === 0) node.groups.delete(name)
}

function collect<Subscriber>(node: Node<Subscriber>, matches: Matches<Subscriber>): void {
  for (const [subscriber, subscription] of node.direct) {
    const found = matches.direct.get(subscriber)
    if (found === undefined) matches.direct.set(subscriber, [subscription])
    else found.push(subscription)
  }
  matches.shared.push(...node.groups.values())
}
