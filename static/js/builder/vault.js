/** Records that outlive the death of the browser, whose local storage reaches the disk late. */

const NAME = "jobdesc";
const STORE = "unsent";

/**
 * @typedef {object} Vault
 * @property {() => Promise<Map<string, any>>} read everything, each with its `key`
 * @property {(key: string, value: object) => void} write
 * @property {(key: string) => void} remove
 */

/** @returns {Vault} */
export function openVault() {
  /** @type {Promise<IDBDatabase> | null} */
  let opened = null;

  /** @returns {Promise<IDBDatabase>} */
  function open() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  /**
   * Null where the browser forbids it or has no room: then local storage keeps what it can.
   * @template Found
   * @param {(store: IDBObjectStore) => IDBRequest<Found>} act
   * @returns {Promise<Found | null>}
   */
  async function ask(act) {
    try {
      const database = await (opened ??= open());
      return await new Promise((resolve, reject) => {
        const deed = database.transaction(STORE, "readwrite", { durability: "strict" });
        const asked = act(deed.objectStore(STORE));
        deed.oncomplete = () => resolve(asked.result);
        deed.onabort = () => reject(deed.error);
      });
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  }

  return {
    async read() {
      const all = await ask((store) => store.getAll()) ?? [];
      return new Map(all.map((kept) => [kept.key, kept]));
    },
    write: (key, value) => void ask((store) => store.put({ ...value, key })),
    remove: (key) => void ask((store) => store.delete(key)),
  };
}
